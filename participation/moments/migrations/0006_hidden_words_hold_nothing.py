"""What was hidden, as advertising for example, keeps no moment from being called off: nobody waits for an answer to it."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION moments_keep_what_took_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- The workflow says when it calls off; a statement that says nothing of it does so now.
    called_off_at timestamptz := CASE WHEN NEW.changed_at IS DISTINCT FROM OLD.changed_at
        THEN NEW.changed_at ELSE clock_timestamp() END;
BEGIN
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status = 'held' AND NEW.status <> 'closed') OR OLD.status = 'closed' THEN
        RAISE EXCEPTION 'moment % took place: it cannot become %', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status <> 'announced' OR NEW.status NOT IN ('cancelled', 'draft') THEN
        RETURN NEW;
    END IF;
    IF OLD.starts_at <= called_off_at OR OLD.attended IS NOT NULL
        OR EXISTS (SELECT 1 FROM moments_signup s WHERE s.moment_id = NEW.id AND s.was_there) THEN
        RAISE EXCEPTION 'moment % has begun: it cannot become %', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- When the whole project stops, its end is the answer to what people said.
    IF EXISTS (SELECT 1 FROM moments_contribution c WHERE c.moment_id = NEW.id{visible})
        AND EXISTS (SELECT 1 FROM participation_project p WHERE p.id = NEW.project_id AND p.status = 'active') THEN
        RAISE EXCEPTION 'people already took part in moment %: it cannot become %', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
"""
WITHOUT_HIDDEN = KEEP.format(visible=" AND c.status <> 'hidden'")
WITH_HIDDEN = KEEP.format(visible="")


class Migration(migrations.Migration):
    dependencies = [("moments", "0005_heard_before_fed_back")]

    operations = [migrations.RunSQL(WITHOUT_HIDDEN, WITH_HIDDEN)]
