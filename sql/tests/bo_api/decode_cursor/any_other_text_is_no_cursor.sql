begin;
select plan(10);

select is(bo_api.decode_cursor('list', sample.cursor), null, left(sample.cursor, 40))
from (
  values
  (''), ('a'), ('AAAA'), ('%%%'), ('한글'), (repeat('A', 2000)),
  (bo_api.encode_cursor('other', '2026-02-05Z', 'tx-1')),
  (translate(encode(convert_to(left(encode(sha256('list'), 'hex'), 16) || ':-999999999999999999:x', 'UTF8'), 'base64'), E'+/=\n', '-_')),
  (translate(encode(convert_to(left(encode(sha256('list'), 'hex'), 16) || ':1:', 'UTF8') || '\x00', 'base64'), E'+/=\n', '-_')),
  (translate(encode(convert_to(left(encode(sha256('list'), 'hex'), 16) || ':1:', 'UTF8') || '\xff', 'base64'), E'+/=\n', '-_'))
) as sample (cursor);

select * from finish();
rollback;
