begin;
select plan(2);

select test.freeze_clock('2031-10-20T12:00:00.5Z');
select test.audit_row(1, '10');
select test.audit_row(2, '11');
select test.seal();
select is(
  seal.hash,
  sha256(convert_to(
    format(
      '["1", "ROWS", "1", "2031-10", "2", "10", "1", "11", "2", ["1", "2"], ["%s", "%s"], null, "%s", "2031-10-20T12:00:00.500000Z"]',
      encode(one.hash, 'hex'), encode(two.hash, 'hex'), repeat('0', 64)
    ),
    'UTF8'
  )),
  'columns in the order of the table, as JSON'
)
from
  bo.audit_seals as seal,
  (select bo.audit_row_hash(log) as hash from bo.admin_audit_logs as log where log.audit_id = 1) as one,
  (select bo.audit_row_hash(log) as hash from bo.admin_audit_logs as log where log.audit_id = 2) as two;

set local timezone = 'Pacific/Kiritimati';
set local datestyle = 'German';
set local bytea_output = 'escape';
select is(bo.audit_seal_hash(seal), seal.hash, 'the same in every session') from bo.audit_seals as seal;

select * from finish();
rollback;
