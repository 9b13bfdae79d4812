"""The database itself refuses a decision on a project without a signed check of the phase that it is in."""

from django.db import migrations

KEEP = """
CREATE FUNCTION participation_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rank integer := participation_phase_rank(NEW.phase);
BEGIN
    IF NEW.decided_on IS NULL OR (TG_OP = 'UPDATE' AND OLD.decided_on IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    -- The first check serves the idea and the start note; beyond the decision the gates have seen to it.
    IF NOT EXISTS (
        SELECT 1 FROM participation_participationcheck c JOIN participation_projectphase p ON p.id = c.phase_id
        WHERE c.project_id = NEW.id AND c.signed_on IS NOT NULL AND c.status <> 'lapsed'
            AND (rank > 4 OR p.kind = NEW.phase OR (rank <= 2 AND p.kind IN ('idea', 'start_note')))
    ) THEN
        RAISE EXCEPTION 'no decision on project % without a confirmed participation check of phase %',
            NEW.reference, NEW.phase USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_project_decision BEFORE INSERT OR UPDATE OF decided_on ON participation_project
    FOR EACH ROW EXECUTE FUNCTION participation_keep_decision();
"""

ALLOW = """
DROP TRIGGER participation_project_decision ON participation_project;
DROP FUNCTION participation_keep_decision();
"""


class Migration(migrations.Migration):
    dependencies = [("participation", "0002_gates_and_signed_checks")]

    operations = [migrations.RunSQL(KEEP, ALLOW)]
