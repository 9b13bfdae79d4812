"""The database itself refuses to close a moment of which nobody heard what was done with it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION moments_close_with_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'closed' AND NOT EXISTS (SELECT 1 FROM moments_feedback f WHERE f.moment_id = NEW.id) THEN
        RAISE EXCEPTION 'moment % cannot be closed without feedback to who took part', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER moments_moment_closed BEFORE INSERT OR UPDATE OF status ON moments_moment
    FOR EACH ROW EXECUTE FUNCTION moments_close_with_feedback();

CREATE FUNCTION moments_keep_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.moment_id = OLD.moment_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'feedback of moment % was sent: it stays', OLD.moment_id
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER moments_feedback_stays BEFORE DELETE OR UPDATE ON moments_feedback
    FOR EACH ROW EXECUTE FUNCTION moments_keep_feedback();
"""

FREE = """
DROP TRIGGER moments_feedback_stays ON moments_feedback;
DROP FUNCTION moments_keep_feedback();
DROP TRIGGER moments_moment_closed ON moments_moment;
DROP FUNCTION moments_close_with_feedback();
"""


class Migration(migrations.Migration):
    dependencies = [("moments", "0001_moments")]

    operations = [migrations.RunSQL(KEEP, FREE)]
