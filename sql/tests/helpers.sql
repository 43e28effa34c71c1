-- Schema test: builders, actors and questions that let a test read as a story. For test databases only; ./run installs it.
-- Builders have defaults that make a sound event; a test names only what it is about.
-- Actors work as the login role that does this in production, so that every test holds the privileges as well.
drop schema if exists test cascade;
create schema test;

-- Audit rows of the builders have small ids, and those of lookups must not be among them.
alter table bo.admin_audit_logs alter column audit_id restart with 1000000;

\ir helpers/clock.sql
\ir helpers/builders.sql

-- Actors
\ir helpers/consumer.sql
\ir helpers/admin_api.sql
\ir helpers/operator.sql
\ir helpers/any_role.sql

\ir helpers/questions.sql
\ir helpers/assertions.sql
