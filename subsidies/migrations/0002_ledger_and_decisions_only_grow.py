"""The database itself keeps each ceiling equal to its entries, and refuses to change what was booked or decided."""

from django.db import migrations

KEEP = """
CREATE FUNCTION subsidies_book_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    effect integer := CASE NEW.kind
        WHEN 'ceiling' THEN 1 WHEN 'released' THEN 1 WHEN 'lowered' THEN 1
        WHEN 'reserved' THEN -1 WHEN 'granted' THEN -1
        WHEN 'paid' THEN 0 WHEN 'returned' THEN 0 WHEN 'reclaimed' THEN 0
    END;
BEGIN
    UPDATE subsidies_ceiling SET available = available + effect * NEW.amount WHERE id = NEW.ceiling_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER subsidies_entry_is_booked BEFORE INSERT ON subsidies_entry
    FOR EACH ROW EXECUTE FUNCTION subsidies_book_entry();

CREATE FUNCTION subsidies_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER subsidies_entry_only_grows BEFORE UPDATE OR DELETE ON subsidies_entry
    FOR EACH ROW EXECUTE FUNCTION subsidies_only_grows();
CREATE TRIGGER subsidies_decision_only_grows BEFORE UPDATE OR DELETE ON subsidies_decision
    FOR EACH ROW EXECUTE FUNCTION subsidies_only_grows();
CREATE TRIGGER subsidies_lottery_only_grows BEFORE UPDATE OR DELETE ON subsidies_lottery
    FOR EACH ROW EXECUTE FUNCTION subsidies_only_grows();
"""

ALLOW = """
DROP TRIGGER subsidies_lottery_only_grows ON subsidies_lottery;
DROP TRIGGER subsidies_decision_only_grows ON subsidies_decision;
DROP TRIGGER subsidies_entry_only_grows ON subsidies_entry;
DROP FUNCTION subsidies_only_grows();
DROP TRIGGER subsidies_entry_is_booked ON subsidies_entry;
DROP FUNCTION subsidies_book_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, ALLOW)]
