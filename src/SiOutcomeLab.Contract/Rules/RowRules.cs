using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>Rules about rows of either file. The rows are told by number, never by content.</summary>
internal static class RowRules
{
    public static readonly ContractRule NullValue = Error(
        "VALUE_MISSING",
        "Värde saknas i en kolumn där varje rad måste ha ett.",
        "A value is missing in a column where every row must have one.",
        "Fyll i värdet eller ta bort raden.",
        "Fill in the value or remove the row.");

    public static readonly ContractRule PersonIdMalformed = Error(
        "PERSON_ID_MALFORMED",
        "person_id är inte 64 hexadecimala gemener.",
        "person_id is not 64 lower-case hexadecimal digits.",
        "Gör pseudonymen med HMAC-SHA-256 under projektets nyckel och skriv den med små bokstäver.",
        "Make the pseudonym with HMAC-SHA-256 under the project's key and write it in lower case.");

    public static readonly ContractRule PersonErased = Error(
        "PERSON_ERASED",
        "Raden är om en person som ni har låtit radera ur projektet.",
        "The row is about a person whom you have had erased from the project.",
        "Ta bort personens rader ur leveransen, ur alla filer.",
        "Remove the person's rows from the delivery, from all files.");

    public static readonly ContractRule MunicipalityUnknown = Error(
        "MUNICIPALITY_UNKNOWN",
        "Koden är ingen av Sveriges kommunkoder.",
        "The code is none of Sweden's municipality codes.",
        "Skriv SCB:s fyrsiffriga kod som text, med inledande nolla.",
        "Write Statistics Sweden's four-digit code as text, with its leading zero.");

    public static readonly ContractRule MunicipalityNotOwn = Error(
        "MUNICIPALITY_NOT_OWN",
        "En kommun sänder bara perioder då personen är folkbokförd i kommunen: koden ska vara {0}.",
        "A municipality sends only periods in which the person is registered in it: the code must be {0}.",
        "Ta bort rader för perioder då personen är folkbokförd i en annan kommun.",
        "Remove rows of periods in which the person is registered in another municipality.");

    public static readonly ContractRule PeriodNotCovered = Error(
        "PERIOD_NOT_COVERED",
        "Datumet är inte första dagen i en period som manifestet nämner.",
        "The date is not the first day of a period that the manifest names.",
        "Skriv periodens första dag, och nämn perioden i manifestet.",
        "Write the period's first day, and name the period in the manifest.");

    public static readonly ContractRule PeriodWithoutRows = Warning(
        "PERIOD_WITHOUT_ROWS",
        "Manifestet nämner en period som filen inte har några rader för: {0}.",
        "The manifest names a period for which the file has no rows: {0}.",
        "Kontrollera att exporten tog med alla perioder.",
        "Check that the export took every period along.");

    public static readonly ContractRule DuplicateObservation = Error(
        "OBSERVATION_DUPLICATE",
        "Samma person och period finns redan på en tidigare rad.",
        "The same person and period stand in an earlier row.",
        "Lägg ihop till en rad per person och period.",
        "Merge into one row per person and period.");

    public static readonly ContractRule NotFinite = Error(
        "VALUE_NOT_FINITE",
        "Värdet är oändligt eller inget tal (NaN).",
        "The value is infinite or not a number (NaN).",
        "Lämna värdet tomt (null) när det inte är känt.",
        "Leave the value empty (null) when it is not known.");

    public static readonly ContractRule NotWhole = Error(
        "VALUE_NOT_WHOLE",
        "Värdet är inget heltal, men kolumnen räknar hela enheter.",
        "The value is not whole, but the column counts whole units.",
        "Sänd hela enheter, eller lämna värdet tomt (null).",
        "Send whole units, or leave the value empty (null).");

    public static readonly ContractRule OutOfRange = Error(
        "VALUE_OUT_OF_RANGE",
        "Värdet ligger utanför katalogens gränser, {0} till {1}.",
        "The value is outside the catalogue's limits, {0} to {1}.",
        "Kontrollera enhet och period; lämna tomt (null) när värdet inte är känt.",
        "Check unit and period; leave empty (null) when the value is not known.");

    public static readonly ContractRule UnknownCategory = Error(
        "VALUE_UNKNOWN_CATEGORY",
        "Texten är ingen av de tillåtna: {0}.",
        "The text is none of those allowed: {0}.",
        "Översätt till katalogens texter före exporten.",
        "Translate to the catalogue's texts before the export.");

    public static readonly ContractRule TooLong = Error(
        "VALUE_TOO_LONG",
        "Texten är tom eller längre än 64 byte.",
        "The text is empty or longer than 64 bytes.",
        "Använd en kort kod.",
        "Use a short code.");

    public static readonly ContractRule InterventionUnregistered = Error(
        "INTERVENTION_UNREGISTERED",
        "Insatsen är inte registrerad av organisationen.",
        "The intervention has not been registered by the organisation.",
        "Registrera insatsen innan deltaganden i den sänds, eller rätta koden.",
        "Register the intervention before participations in it are sent, or correct the code.");

    public static readonly ContractRule PersonNotObserved = Error(
        "PARTICIPATION_PERSON_NOT_OBSERVED",
        "Personen har ett deltagande men ingen enda observation.",
        "The person has a participation but not a single observation.",
        "Sänd observationer för alla deltagare; hela målgruppen hör till leveransen.",
        "Send observations of every participant; the whole target group belongs to the delivery.");

    public static readonly ContractRule EndBeforeStart = Error(
        "PARTICIPATION_END_BEFORE_START",
        "end_date är före start_date.",
        "end_date is before start_date.",
        "Rätta datumen, eller lämna end_date tomt (null).",
        "Correct the dates, or leave end_date empty (null).");

    public static readonly ContractRule DuplicateParticipation = Error(
        "PARTICIPATION_DUPLICATE",
        "Samma person, insats och startdatum finns redan på en tidigare rad.",
        "The same person, intervention and start date stand in an earlier row.",
        "Behåll en rad per deltagande.",
        "Keep one row per participation.");
}
