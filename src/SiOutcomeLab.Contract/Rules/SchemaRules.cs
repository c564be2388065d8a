using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>Rules about a file's columns.</summary>
internal static class SchemaRules
{
    public static readonly ContractRule MissingColumn = Error(
        "SCHEMA_MISSING_COLUMN",
        "En kolumn som måste finnas saknas.",
        "A column that must be there is missing.",
        "Lägg till kolumnen, med exakt det namn som avtalet anger.",
        "Add the column, under exactly the name that the contract gives.");

    public static readonly ContractRule UnknownColumn = Error(
        "SCHEMA_UNKNOWN_COLUMN",
        "Kolumnen finns inte i avtalet, i måttkatalogen eller i kovariatkatalogen.",
        "The column is not in the contract, the measure catalogue or the covariate catalogue.",
        "Ta bort kolumnen eller rätta dess namn; stora och små bokstäver skiljs åt.",
        "Remove the column or correct its name; upper and lower case differ.");

    public static readonly ContractRule WrongType = Error(
        "SCHEMA_WRONG_TYPE",
        "Kolumnen är lagrad som en annan typ än avtalets; den ska vara {0}.",
        "The column is stored as another type than the contract's; it must be {0}.",
        "Gör om kolumnen till rätt typ före exporten.",
        "Convert the column to the right type before the export.");

    public static readonly ContractRule TeachingOnly = Error(
        "SCHEMA_TEACHING_ONLY",
        "Kolumnen finns bara i undervisningsdata, och organisationen är ingen undervisningskommun.",
        "The column exists in teaching data only, and the organisation is no teaching municipality.",
        "Ta bort kolumnen.",
        "Remove the column.");

    public static readonly ContractRule NotOwnMeasure = Error(
        "MEASURE_NOT_OWN",
        "Måttet ägs av {0}, och organisationen sänder inte för den.",
        "The measure is owned by {0}, and the organisation does not send for it.",
        "Ta bort kolumnen: varje mått har en enda källa, så att samma person inte får två siffror.",
        "Remove the column: every measure has one source, so that a person does not get two figures.");

    public static readonly ContractRule NoMeasure = Warning(
        "SCHEMA_NO_MEASURE",
        "Filen har inget mått: ingenting kan följas upp i den.",
        "The file has no measure: nothing can be followed up in it.",
        "Lägg till minst ett mått ur måttkatalogen.",
        "Add at least one measure of the measure catalogue.");
}
