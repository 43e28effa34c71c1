begin;
select plan(3);

select is(bo_api.status_group('settled'), 'SUCCESS', 'lower case');
select is(bo_api.status_group(E' \t\r\nCanCelled\f\v '), 'FAIL', 'mixed case, ASCII white space around it');
select is(bo_api.status_group(U&'\00A0PAID'), 'UNKNOWN', 'other white space is part of it');

select * from finish();
rollback;
