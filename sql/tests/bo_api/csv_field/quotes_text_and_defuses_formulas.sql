begin;
select plan(12);

select is(bo_api.csv_field(sample.value), sample.field, coalesce(sample.value, 'null'))
from (
  values
  (null, ''), ('', '""'), ('a', '"a"'), ('a"b', '"a""b"'), (E'a\r\nb', E'"a\r\nb"'), ('-10000.00', '-10000.00'), ('007', '007'),
  ('=1+1', '"''=1+1"'), ('+1', '"''+1"'), ('-1+1', '"''-1+1"'), ('@x', '"''@x"'), (E'\tx', E'"''\tx"')
) as sample (value, field);

select * from finish();
rollback;
