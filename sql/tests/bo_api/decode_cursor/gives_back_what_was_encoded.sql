begin;
select plan(6);

select is(
  bo_api.decode_cursor('list', bo_api.encode_cursor('list', sample.at, sample.id)), row(sample.at, sample.id)::bo_api.cursor_position,
  sample.id
)
from (
  values
  ('2026-02-05T01:00:00.123456Z'::timestamptz, 'tx-1'), ('1969-12-31T23:59:59.999999Z', 'a:b:c'), ('9999-12-31Z', '한글 + / ='),
  ('9999-12-31T23:59:59.999Z', 'tx-9999'),
  ('0001-01-01Z', repeat('€', 200))
) as sample (at, id);
select matches(bo_api.encode_cursor('list', '2026-02-05Z', repeat('ÿ', 200)), '^[A-Za-z0-9_-]+$', 'fit for a URL');

select * from finish();
rollback;
