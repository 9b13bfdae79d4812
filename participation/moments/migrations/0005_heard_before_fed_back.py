"""The database itself refuses to call a check fed back while people who took part did not hear what is done with it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION moments_keep_fed_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_status text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status ELSE '' END;
    -- The workflow says when; a statement that says nothing of it does so now.
    as_of timestamptz := CASE WHEN TG_OP = 'UPDATE' AND NEW.fed_back_at IS NOT DISTINCT FROM OLD.fed_back_at
        THEN clock_timestamp() ELSE coalesce(NEW.fed_back_at, clock_timestamp()) END;
BEGIN
    IF NEW.status NOT IN ('fed_back', 'evaluated', 'closed') OR old_status IN ('fed_back', 'evaluated', 'closed')
        OR (NEW.status = 'closed' AND NEW.outcome <> 'participation') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM moments_moment m LEFT JOIN moments_feedback f ON f.moment_id = m.id
        WHERE m.project_id = NEW.project_id AND f.id IS NULL
            AND (m.status = 'held' OR (m.status = 'announced' AND m.ends_at <= as_of))
    ) THEN
        RAISE EXCEPTION 'check % cannot become %: people who took part did not hear back yet', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- A later version in the same phase counts what its forerunner told people; one of a later phase does not.
    IF NEW.outcome = 'participation' AND NOT EXISTS (
        SELECT 1 FROM moments_feedback f JOIN moments_moment m ON m.id = f.moment_id
        WHERE m.project_id = NEW.project_id AND (m.phase_id = NEW.phase_id OR f.sent_at >= NEW.published_at)
    ) THEN
        RAISE EXCEPTION 'check % cannot become %: nobody heard anything yet', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER moments_check_fed_back BEFORE INSERT OR UPDATE OF status ON participation_participationcheck
    FOR EACH ROW EXECUTE FUNCTION moments_keep_fed_back();
"""

FREE = """
DROP TRIGGER moments_check_fed_back ON participation_participationcheck;
DROP FUNCTION moments_keep_fed_back();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0004_what_took_place_stays"),
        ("participation", "0004_checked_and_advised_in_time"),
    ]

    operations = [migrations.RunSQL(KEEP, FREE)]
