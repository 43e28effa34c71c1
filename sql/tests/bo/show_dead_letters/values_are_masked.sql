begin;
select plan(6);

select test.apply(letters => array[test.dead_letter(
  7, convert_to('{"tx_id": "s3cret-1", "amount": 987654321.5, "flag": true, "x": null, "list": ["s3cret"], "s3cret-2": {}}', 'UTF8'),
  key => 's3cret', header_names => '{trace}', header_values => '{s3cret}'
)]);

select unalike((select line::text from test.show() as line), '%s3cret%', 'no value is there');
select unalike((select line::text from test.show() as line), '%987654321%', 'no number either');
select is(
  (select line -> 'payload' from test.show() as line)::jsonb,
  '{"tx_id": "text(8)", "amount": "number", "flag": "boolean", "x": "null", "list": "array", "text(8)": "object"}',
  'names, types and lengths are'
);
select is((select line ->> 'key' from test.show() as line), 'text(6)', 'of the key its length');
select is((select line -> 'headers' from test.show() as line)::jsonb, '[["trace", "text(6)"]]', 'of headers the name');
select is((select count(*) from bo.dlq_actions), 0::bigint, 'nothing is logged');

select * from finish();
rollback;
