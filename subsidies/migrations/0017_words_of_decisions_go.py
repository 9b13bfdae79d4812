"""Let destruction after the retention term wipe the words of a decision; that it was taken, when and how, stays."""

from django.db import migrations

GUARD = """
CREATE FUNCTION subsidies_decision_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP TRIGGER subsidies_decision_only_grows ON subsidies_decision;
CREATE TRIGGER subsidies_decision_only_grows BEFORE UPDATE OR DELETE ON subsidies_decision
    FOR EACH ROW EXECUTE FUNCTION subsidies_decision_only_grows();
"""

BEFORE = """
DROP TRIGGER subsidies_decision_only_grows ON subsidies_decision;
CREATE TRIGGER subsidies_decision_only_grows BEFORE UPDATE OR DELETE ON subsidies_decision
    FOR EACH ROW EXECUTE FUNCTION subsidies_only_grows();
DROP FUNCTION subsidies_decision_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0016_destroyed_on")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
