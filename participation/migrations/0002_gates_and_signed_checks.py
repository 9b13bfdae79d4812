"""The database itself refuses a next phase without a signed check, and a change of what was signed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION participation_phase_rank(kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['idea', 'start_note', 'design', 'decision', 'execution', 'evaluation'], kind)
$$;

CREATE FUNCTION participation_keep_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    looked_at text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- A project that was already under way when a department's list was taken over stands where it stands.
        IF participation_phase_rank(NEW.phase) > 2 AND NEW.source_id = '' THEN
            RAISE EXCEPTION 'a project begins with the idea or the start note, not with %', NEW.phase
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.phase = OLD.phase THEN
        RETURN NEW;
    END IF;
    IF participation_phase_rank(NEW.phase) < participation_phase_rank(OLD.phase) THEN
        RAISE EXCEPTION 'a project goes on to a later phase, not back to %', NEW.phase
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF participation_phase_rank(NEW.phase) <= 2 THEN
        RETURN NEW;
    END IF;
    -- The first check serves the idea and the start note; each later phase needs a look of its own.
    looked_at := CASE WHEN participation_phase_rank(OLD.phase) <= 2
        THEN ARRAY['idea', 'start_note'] ELSE ARRAY[OLD.phase::text] END;
    IF NOT EXISTS (
        SELECT 1 FROM participation_participationcheck c JOIN participation_projectphase p ON p.id = c.phase_id
        WHERE c.project_id = NEW.id AND p.kind = ANY (looked_at) AND c.signed_on IS NOT NULL AND c.status <> 'lapsed'
    ) THEN
        RAISE EXCEPTION 'project % has no confirmed participation check of phase %', NEW.reference, OLD.phase
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_project_gate BEFORE INSERT OR UPDATE OF phase ON participation_project
    FOR EACH ROW EXECUTE FUNCTION participation_keep_gate();

CREATE FUNCTION participation_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['status', 'version', 'published_at', 'running_at', 'fed_back_at', 'evaluated_at', 'ended_at',
        'lapsed_because'];
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.signed_on IS NOT NULL THEN
        IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - moving) <> (to_jsonb(NEW) - moving) THEN
            RAISE EXCEPTION 'a confirmed participation check never changes: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM participation_projectphase p WHERE p.id = NEW.phase_id AND p.project_id = NEW.project_id
    ) THEN
        RAISE EXCEPTION 'a participation check belongs to a phase of its own project'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_check_keeps BEFORE INSERT OR UPDATE OR DELETE ON participation_participationcheck
    FOR EACH ROW EXECUTE FUNCTION participation_keep_signed();

CREATE FUNCTION participation_keep_signed_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.check_id ELSE OLD.check_id END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM participation_participationcheck c WHERE c.id = whole AND c.signed_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a confirmed participation check never changes: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER participation_group_keeps BEFORE INSERT OR UPDATE OR DELETE ON participation_stakeholdergroup
    FOR EACH ROW EXECUTE FUNCTION participation_keep_signed_part();
CREATE TRIGGER participation_planned_keeps BEFORE INSERT OR UPDATE OR DELETE ON participation_plannedmoment
    FOR EACH ROW EXECUTE FUNCTION participation_keep_signed_part();
"""

ALLOW = """
DROP TRIGGER participation_planned_keeps ON participation_plannedmoment;
DROP TRIGGER participation_group_keeps ON participation_stakeholdergroup;
DROP FUNCTION participation_keep_signed_part();
DROP TRIGGER participation_check_keeps ON participation_participationcheck;
DROP FUNCTION participation_keep_signed();
DROP TRIGGER participation_project_gate ON participation_project;
DROP FUNCTION participation_keep_gate();
DROP FUNCTION participation_phase_rank(text);
"""


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_projects_and_checks")]

    operations = [migrations.RunSQL(KEEP, ALLOW)]
