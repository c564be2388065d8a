using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>What <c>silab pseudonymise</c> says of cells and rows that it cannot take: one table, like the contract's own.</summary>
public static class SourceRules
{
    private static readonly Dictionary<SourceFault, ContractRule> Table = new()
    {
        [SourceFault.NumberMissing] = Error(
            "NUMBER_MISSING",
            "Personnummer saknas.",
            "The identity number is missing.",
            "Fyll i numret, eller utelämna raden med --skip-invalid.",
            "Fill in the number, or leave the row out with --skip-invalid."),
        [SourceFault.NumberCharacters] = Error(
            "NUMBER_CHARACTERS",
            "Personnumret har ett tecken som inte hör till, eller ett skiljetecken på fel plats.",
            "The identity number has a character that does not belong in it, or a separator in a wrong place.",
            "Skriv ÅÅÅÅMMDDNNNN eller ÅÅMMDD-NNNN. Reservnummer går inte att pseudonymisera.",
            "Write YYYYMMDDNNNN or YYMMDD-NNNN. Regional reserve numbers cannot be pseudonymised."),
        [SourceFault.NumberLength] = Error(
            "NUMBER_LENGTH",
            "Personnumret har varken tio eller tolv siffror.",
            "The identity number has neither ten nor twelve digits.",
            "Exportera hela numret, helst med tolv siffror.",
            "Export the whole number, twelve digits if possible."),
        [SourceFault.NumberRounded] = Error(
            "NUMBER_ROUNDED",
            "Kalkylprogrammet har gjort om personnumret till ett avrundat tal (1,98E+11): siffror är borta för gott.",
            "The spreadsheet has turned the identity number into a rounded number (1.98E+11): digits are gone for good.",
            "Hämta uppgifterna på nytt ur verksamhetssystemet, med kolumnen som text.",
            "Fetch the data anew from the source system, with the column as text."),
        [SourceFault.NumberLostZeros] = Error(
            "NUMBER_LOST_ZEROS",
            "Kalkylprogrammet har tagit bort nollor i början av personnumret.",
            "The spreadsheet has taken zeros from the beginning of the identity number.",
            "Exportera kolumnen som text, helst med tolv siffror.",
            "Export the column as text, with twelve digits if possible."),
        [SourceFault.NumberDate] = Error(
            "NUMBER_DATE",
            "Personnumrets födelsedag finns inte.",
            "The identity number's day of birth does not exist.",
            "Rätta numret; i ett samordningsnummer är dagen ökad med 60.",
            "Correct the number; in a co-ordination number the day is raised by 60."),
        [SourceFault.NumberSerial] = Error(
            "NUMBER_SERIAL",
            "Personnumrets födelsenummer är 000.",
            "The identity number's serial number is 000.",
            "Rätta numret.",
            "Correct the number."),
        [SourceFault.NumberControlDigit] = Error(
            "NUMBER_CONTROL_DIGIT",
            "Personnumrets kontrollsiffra stämmer inte: någon siffra är fel.",
            "The identity number's control digit does not agree: some digit is wrong.",
            "Rätta numret mot folkbokföringen. Reservnummer går inte att pseudonymisera.",
            "Correct the number against the population register. Regional reserve numbers cannot be pseudonymised."),
        [SourceFault.NumberCentury] = Error(
            "NUMBER_CENTURY",
            "Personen vore född efter den sista perioden eller mer än 130 år före den.",
            "The person would be born after the last period or more than 130 years before it.",
            "Rätta seklet, eller perioderna i inställningarna.",
            "Correct the century, or the periods in the settings."),
        [SourceFault.FieldCount] = Error(
            "ROW_FIELD_COUNT",
            "Raden har ett annat antal fält än rubrikraden.",
            "The row has another number of fields than the heading.",
            "Sätt citattecken om fält som innehåller skiljetecknet, och ta bort rader efter tabellens slut.",
            "Put quotes round fields that hold the separator, and remove lines after the table's end."),
        [SourceFault.ValueMissing] = Error(
            "CELL_MISSING",
            "Värde saknas i en kolumn där varje rad måste ha ett.",
            "A value is missing in a column where every row must have one.",
            "Fyll i värdet eller ta bort raden.",
            "Fill in the value or remove the row."),
        [SourceFault.NotANumber] = Error(
            "CELL_NOT_A_NUMBER",
            "Cellen är inget tal som går att läsa.",
            "The cell is no number that can be read.",
            "Skriv siffror med decimalkomma eller, med --decimal ., decimalpunkt; lämna tomt när värdet inte är känt.",
            "Write digits with a decimal comma or, with --decimal ., a decimal point; leave empty when the value is not known."),
        [SourceFault.NotWhole] = Error(
            "CELL_NOT_WHOLE",
            "Talet är inte helt, men kolumnen räknar hela enheter.",
            "The number is not whole, but the column counts whole units.",
            "Ange hela enheter, eller lämna tomt.",
            "State whole units, or leave empty."),
        [SourceFault.NotADate] = Error(
            "CELL_NOT_A_DATE",
            "Cellen är inget datum som går att läsa.",
            "The cell is no date that can be read.",
            "Skriv datum som 2024-03-01.",
            "Write dates as 2024-03-01."),
        [SourceFault.NotAPeriod] = Error(
            "CELL_NOT_A_PERIOD",
            "Cellen är ingen period av inställningarnas längd, och inte heller första dagen i en.",
            "The cell is no period of the settings' length, nor the first day of one.",
            "Skriv 2024, 2024-Q1 eller 2024-03, eller periodens första dag.",
            "Write 2024, 2024-Q1 or 2024-03, or the period's first day."),
        [SourceFault.NotAFlag] = Error(
            "CELL_NOT_A_FLAG",
            "Cellen är varken ja eller nej.",
            "The cell is neither yes nor no.",
            "Skriv ja eller nej, sant eller falskt, 1 eller 0.",
            "Write yes or no, true or false, 1 or 0."),
        [SourceFault.NotACode] = Error(
            "CELL_NOT_A_CODE",
            "Cellen är ingen kod.",
            "The cell is no code.",
            "En kod är 1–40 tecken a–z, 0–9, - eller _; översätt verksamhetens egna ord under values i inställningarna.",
            "A code is 1–40 characters a–z, 0–9, - or _; translate your own words under values in the settings."),
        [SourceFault.UnknownCategory] = Error(
            "CELL_UNKNOWN_CATEGORY",
            "Texten är ingen av katalogens kategorier.",
            "The text is none of the catalogue's categories.",
            "Översätt texten under values i inställningarna; silab contract visar kategorierna.",
            "Translate the text under values in the settings; silab contract shows the categories."),
        [SourceFault.IdentityNumberInText] = Error(
            "CELL_IDENTITY_NUMBER",
            "Ett personnummer står i en annan kolumn än den för personnummer.",
            "An identity number stands in another column than the one for it.",
            "Ta bort numret ur texten, eller kolumnen ur exporten.",
            "Remove the number from the text, or the column from the export."),
    };

    /// <summary>Every entry, in the order in which they are shown.</summary>
    public static IReadOnlyList<ContractRule> All { get; } = [.. Table.OrderBy(p => p.Key).Select(p => p.Value)];

    internal static ContractRule Of(SourceFault fault) => Table[fault];

    internal static SourceFault Of(PersonNumberFault fault) => fault switch
    {
        PersonNumberFault.None => SourceFault.None,
        PersonNumberFault.Missing => SourceFault.NumberMissing,
        PersonNumberFault.Characters => SourceFault.NumberCharacters,
        PersonNumberFault.Length => SourceFault.NumberLength,
        PersonNumberFault.Rounded => SourceFault.NumberRounded,
        PersonNumberFault.LostZeros => SourceFault.NumberLostZeros,
        PersonNumberFault.Date => SourceFault.NumberDate,
        PersonNumberFault.Serial => SourceFault.NumberSerial,
        PersonNumberFault.ControlDigit => SourceFault.NumberControlDigit,
        _ => SourceFault.NumberCentury,
    };
}
