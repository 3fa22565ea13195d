SET LOCAL lock_timeout = '5s';

-- Whoever migrates owns the tables. The api and the worker sign in as members of app_service, which may read and write rows and nothing else:
-- deploy/database.md. Roles belong to the whole server, and another database may have made this one, even at the same time.
DO $do$
BEGIN
  CREATE ROLE app_service NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END
$do$;

-- The one way to take something out of the audit: what is past its retention. It runs as the owner.
CREATE OR REPLACE FUNCTION remove_expired_audit_events(most integer) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER AS $function$
  DELETE FROM audit_events WHERE ctid = ANY (ARRAY(
    -- Keys are compared with those of the last change, however long ago it was.
    SELECT ctid FROM audit_events WHERE at < now() - interval '1 year' AND type <> 'signing-keys.changed'
    LIMIT most FOR UPDATE SKIP LOCKED
  )) RETURNING id
$function$;

DO $do$
DECLARE
  here text := quote_ident(current_schema());
BEGIN
  -- pg_temp would come first where it is not named, and a table in there be taken for ours.
  EXECUTE format('ALTER FUNCTION remove_expired_audit_events(integer) SET search_path = %s, pg_temp', here);
  REVOKE EXECUTE ON FUNCTION remove_expired_audit_events(integer) FROM PUBLIC;

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_service') THEN
    RAISE WARNING 'There is no role app_service, and % may not make it: the api and the worker sign in as the owner of the tables. deploy/database.md says how to change that.', current_user;
    RETURN;
  END IF;

  EXECUTE format('GRANT USAGE ON SCHEMA %s TO app_service', here);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO app_service', here);
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %s TO app_service', here);
  -- So that no later migration has to think of it. One that makes a table of the audit takes UPDATE and DELETE away again, as here.
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_service', here);
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT USAGE ON SEQUENCES TO app_service', here);
  REVOKE UPDATE, DELETE ON audit_events FROM app_service;
  -- It is there when Prisma applies this, and not when somebody else does.
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM app_service;
  END IF;
  GRANT EXECUTE ON FUNCTION remove_expired_audit_events(integer) TO app_service;
END
$do$;
