"""The database itself refuses a decision or a phase from before its check was signed, and a signature before the advice.

Who could date a step back, could make a late check one in time.
"""

from django.db import migrations

SIGNED_AFTER_ADVICE = """
CREATE FUNCTION participation_keep_advised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.signed_on IS NULL OR (TG_OP = 'UPDATE' AND OLD.signed_on IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    IF NEW.advised_at IS NULL OR NEW.signed_on < (NEW.advised_at AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RAISE EXCEPTION 'a participation check is signed after the advice of the coordinator, not before'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_check_advised BEFORE INSERT OR UPDATE OF signed_on ON participation_participationcheck
    FOR EACH ROW EXECUTE FUNCTION participation_keep_advised();
"""
SIGN_ANYHOW = """
DROP TRIGGER participation_check_advised ON participation_participationcheck;
DROP FUNCTION participation_keep_advised();
"""

PHASE_AFTER_CHECK = """
CREATE FUNCTION participation_keep_phase_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_kind text;
    looked_at text[];
BEGIN
    IF NEW.started_on IS NULL OR participation_phase_rank(NEW.kind) <= 2
        OR (TG_OP = 'UPDATE' AND NEW.started_on IS NOT DISTINCT FROM OLD.started_on AND NEW.kind = OLD.kind) THEN
        RETURN NEW;
    END IF;
    SELECT p.kind INTO left_kind FROM participation_projectphase p
        WHERE p.project_id = NEW.project_id AND p.started_on IS NOT NULL
            AND participation_phase_rank(p.kind) < participation_phase_rank(NEW.kind)
        ORDER BY participation_phase_rank(p.kind) DESC LIMIT 1;
    -- A project that was already under way when a department's list was taken over stands where it stands.
    IF left_kind IS NULL AND EXISTS (
        SELECT 1 FROM participation_project p WHERE p.id = NEW.project_id AND p.source_id <> ''
    ) THEN
        RETURN NEW;
    END IF;
    looked_at := CASE WHEN left_kind IN ('idea', 'start_note')
        THEN ARRAY['idea', 'start_note'] ELSE ARRAY[left_kind] END;
    IF NOT EXISTS (
        SELECT 1 FROM participation_participationcheck c JOIN participation_projectphase p ON p.id = c.phase_id
        WHERE c.project_id = NEW.project_id AND p.kind = ANY (looked_at) AND c.status <> 'lapsed'
            AND c.signed_on <= NEW.started_on
    ) THEN
        RAISE EXCEPTION 'phase % cannot have begun on %: no participation check was confirmed by then',
            NEW.kind, NEW.started_on USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_phase_day BEFORE INSERT OR UPDATE OF started_on, kind ON participation_projectphase
    FOR EACH ROW EXECUTE FUNCTION participation_keep_phase_day();
"""
PHASE_ANY_DAY = """
DROP TRIGGER participation_phase_day ON participation_projectphase;
DROP FUNCTION participation_keep_phase_day();
"""

DECIDED = """
CREATE OR REPLACE FUNCTION participation_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rank integer := participation_phase_rank(NEW.phase);
BEGIN
    IF NEW.decided_on IS NULL OR (TG_OP = 'UPDATE' AND {unchanged}) THEN
        RETURN NEW;
    END IF;
    -- The first check serves the idea and the start note; beyond the decision the gates have seen to it.
    IF NOT EXISTS (
        SELECT 1 FROM participation_participationcheck c JOIN participation_projectphase p ON p.id = c.phase_id
        WHERE c.project_id = NEW.id AND c.signed_on IS NOT NULL AND c.status <> 'lapsed'
            AND (rank > 4 OR p.kind = NEW.phase OR (rank <= 2 AND p.kind IN ('idea', 'start_note'))){in_time}
    ) THEN
        RAISE EXCEPTION 'no decision on project % without a confirmed participation check of phase %',
            NEW.reference, NEW.phase USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
"""
# What a list brought in beyond its decision was decided on before anybody could check it here.
CHECKED_FIRST = DECIDED.format(
    unchanged="OLD.decided_on IS NOT DISTINCT FROM NEW.decided_on",
    in_time="""
            AND (c.signed_on <= NEW.decided_on OR (NEW.source_id <> '' AND rank > 4
                AND NEW.decided_on < (NEW.registered_at AT TIME ZONE 'Europe/Amsterdam')::date))""",
)
CHECKED_AT_ALL = DECIDED.format(unchanged="OLD.decided_on IS NOT NULL", in_time="")


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_checked_before_decided")]

    operations = [
        migrations.RunSQL(SIGNED_AFTER_ADVICE, SIGN_ANYHOW),
        migrations.RunSQL(PHASE_AFTER_CHECK, PHASE_ANY_DAY),
        migrations.RunSQL(CHECKED_FIRST, CHECKED_AT_ALL),
    ]
