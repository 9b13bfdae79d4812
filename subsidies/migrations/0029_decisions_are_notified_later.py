"""Let the day of notification of a decision move, and only to a later one: when its letter left later than thought."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION subsidies_decision_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('portal.erasing', true) = 'on'
        AND (NEW.id, NEW.application_id, NEW.outcome, NEW.amount, NEW.advance, NEW.decided_at, NEW.notified_on)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.application_id, OLD.outcome, OLD.amount, OLD.advance, OLD.decided_at, OLD.notified_on)
        AND NEW.letter_text = '' AND NEW.letter_html = '' AND length(NEW.letter) = 0 THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.notified_on > OLD.notified_on AND NEW.objection_due >= OLD.objection_due
        AND to_jsonb(NEW) - 'notified_on' - 'objection_due' = to_jsonb(OLD) - 'notified_on' - 'objection_due' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION subsidies_decision_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('portal.erasing', true) = 'on'
        AND (NEW.id, NEW.application_id, NEW.outcome, NEW.amount, NEW.advance, NEW.decided_at, NEW.notified_on)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.application_id, OLD.outcome, OLD.amount, OLD.advance, OLD.decided_at, OLD.notified_on)
        AND NEW.letter_text = '' AND NEW.letter_html = '' AND length(NEW.letter) = 0 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0028_complaints")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
