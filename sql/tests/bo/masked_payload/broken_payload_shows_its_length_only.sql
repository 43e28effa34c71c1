begin;
select plan(8);

select is(bo.masked_payload('{"tx_id":"s3cret"')::text, '"text(17)"', 'cut off');
select is(bo.masked_payload('["s3cret"]')::text, '"text(10)"', 'no object');
select is(bo.masked_payload('\x7b22ff227d')::text, '"bytes(5)"', 'not UTF-8');
select is(bo.masked_payload('')::text, '"text(0)"', 'empty');
select is(bo.masked_payload('{}')::text, '{}', 'an empty object');
select is(bo.masked_payload(null)::text, null, 'none');
select is(
  bo.masked_payload(convert_to('{"a":' || repeat('[', 100000) || repeat(']', 100000) || '}', 'UTF8'))::text, '"text(200006)"', 'too deep'
);
select is(bo.masked_payload('{"a":1,"a":"x"}')::text, '{ "a" : "number", "a" : "text(1)" }', 'a name twice is seen');

select * from finish();
rollback;
