-- Roles of the product; once a database, as a superuser, safe to run again. Passwords are set outside of the repository.
do $$
begin
  if to_regrole('bo_owner') is null then
    create role bo_owner nologin;
  end if;
  if to_regrole('bo_consumer') is null then
    create role bo_consumer login;
  end if;
  if to_regrole('bo_admin_api') is null then
    create role bo_admin_api login;
  end if;
  if to_regrole('bo_operator') is null then
    create role bo_operator login;
  end if;
end;
$$;

comment on role bo_owner is 'Owns schemas bo and bo_api; nobody logs in as it';
comment on role bo_consumer is 'bo-sync-consumer: may execute the write functions';
comment on role bo_admin_api is 'bo-admin-api: may execute the lookups, which audit themselves';
comment on role bo_operator is 'Operators: dead letters, repair, and the audit log''s seals, verification and detached months';

-- New functions of the owner are nobody else's to call until grants.sql says so.
-- Only this form, without a schema, takes the right from PUBLIC.
alter default privileges for role bo_owner revoke execute on functions from public;
alter default privileges for role bo_owner revoke usage on types from public;

-- Who can make objects of a session could have them taken for ours; no role of ours needs any.
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
end;
$$;
