"""The database itself keeps what a signed check looked at: its phase, and the day on which everybody could read it.

Who could rename the phase of a check, could let the check of the start note serve the design too.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION participation_keep_looked_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind <> OLD.kind OR NEW.project_id <> OLD.project_id) AND EXISTS (
        SELECT 1 FROM participation_participationcheck c WHERE c.phase_id = OLD.id AND c.signed_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'phase % has a confirmed participation check: it cannot become %', OLD.kind, NEW.kind
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_phase_keeps BEFORE UPDATE OF kind, project_id ON participation_projectphase
    FOR EACH ROW EXECUTE FUNCTION participation_keep_looked_at();

CREATE FUNCTION participation_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at THEN
        RAISE EXCEPTION 'check % was published on %: that stays', OLD.id, OLD.published_at
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER participation_check_published BEFORE UPDATE OF published_at ON participation_participationcheck
    FOR EACH ROW EXECUTE FUNCTION participation_keep_published();
"""

FREE = """
DROP TRIGGER participation_check_published ON participation_participationcheck;
DROP FUNCTION participation_keep_published();
DROP TRIGGER participation_phase_keeps ON participation_projectphase;
DROP FUNCTION participation_keep_looked_at();
"""


class Migration(migrations.Migration):
    dependencies = [("participation", "0005_signed_is_not_in_preparation")]

    operations = [migrations.RunSQL(KEEP, FREE)]
