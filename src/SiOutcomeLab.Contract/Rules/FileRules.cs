using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>Rules about a file as a whole.</summary>
internal static class FileRules
{
    public static readonly ContractRule Undeclared = Error(
        "FILE_UNDECLARED",
        "Filen sändes, men manifestet nämner den inte.",
        "The file was sent, but the manifest does not name it.",
        "Lägg till filen under files i manifestet, eller sänd den inte.",
        "Add the file under files in the manifest, or do not send it.");

    public static readonly ContractRule Missing = Error(
        "FILE_MISSING",
        "Manifestet nämner filen, men den sändes inte.",
        "The manifest names the file, but it was not sent.",
        "Sänd filen, eller ta bort den ur manifestet.",
        "Send the file, or remove it from the manifest.");

    public static readonly ContractRule Size = Error(
        "FILE_SIZE_MISMATCH",
        "Filens längd är en annan än den som manifestet anger.",
        "The file's length is not the one that the manifest states.",
        "Gör om manifestet från den fil som sänds.",
        "Make the manifest anew from the file that is sent.");

    public static readonly ContractRule Hash = Error(
        "FILE_HASH_MISMATCH",
        "Filens SHA-256 är en annan än den som manifestet anger: filen har ändrats efter manifestet, eller på vägen.",
        "The file's SHA-256 is not the one that the manifest states: the file changed after the manifest was made, or on its way.",
        "Gör om manifestet från den fil som sänds, och sänd igen.",
        "Make the manifest anew from the file that is sent, and send again.");

    public static readonly ContractRule NotParquet = Error(
        "FILE_NOT_PARQUET",
        "Filen är ingen Parquetfil.",
        "The file is not a Parquet file.",
        "Exportera tabellen som Parquet; att byta namn på en annan fil räcker inte.",
        "Export the table as Parquet; renaming another file is not enough.");

    public static readonly ContractRule Truncated = Error(
        "FILE_TRUNCATED",
        "Filen tar slut för tidigt ({0}).",
        "The file ends too early ({0}).",
        "Skriv filen på nytt och kontrollera att överföringen blev hel.",
        "Write the file again and check that the transfer was complete.");

    public static readonly ContractRule Malformed = Error(
        "FILE_MALFORMED",
        "Filen är skadad eller felaktigt skriven ({0}).",
        "The file is damaged or wrongly written ({0}).",
        "Skriv filen på nytt med ett vanligt Parquetbibliotek.",
        "Write the file again with a common Parquet library.");

    public static readonly ContractRule Unsupported = Error(
        "FILE_UNSUPPORTED",
        "Filen använder något i Parquet som inte tas emot ({0}).",
        "The file uses something of Parquet that is not taken ({0}).",
        "Skriv en platt, okrypterad tabell med Snappy, Gzip eller utan komprimering.",
        "Write a flat, unencrypted table with Snappy, Gzip or no compression.");

    public static readonly ContractRule Limit = Error(
        "FILE_OVER_LIMIT",
        "Något i filen är större än vad som läses ({0}).",
        "Something in the file is larger than what is read ({0}).",
        "Skriv mindre sidor och radgrupper, eller dela upp leveransen på flera perioder.",
        "Write smaller pages and row groups, or split the delivery into fewer periods each.");

    public static readonly ContractRule Empty = Error(
        "FILE_EMPTY",
        "Filen har inga rader.",
        "The file has no rows.",
        "Sänd minst en rad; sänd ingen fil alls när det inte finns några deltaganden.",
        "Send at least one row; send no file at all when there are no participations.");

    public static readonly ContractRule Rows = Error(
        "FILE_ROWS_MISMATCH",
        "Filen har ett annat antal rader än vad manifestet anger.",
        "The file has another number of rows than the manifest states.",
        "Gör om manifestet från den fil som sänds.",
        "Make the manifest anew from the file that is sent.");

    public static readonly ContractRule IdentityNumber = Error(
        "IDENTITY_NUMBER",
        "Något ser ut som ett personnummer, samordningsnummer eller tillfälligt nummer.",
        "Something looks like a Swedish personal identity number, co-ordination number or interim number.",
        "Ersätt varje nummer med projektets pseudonym innan filen skrivs, och rensa numret ur andra kolumner, namn och metadata.",
        "Replace every number with the project's pseudonym before the file is written, and clear it from other columns, "
        + "names and metadata.");

    public static readonly ContractRule MoreFindings = Error(
        "MORE_FINDINGS",
        "Fler slags fel än de som visas; antalet är de fel som inte visas.",
        "More kinds of faults than are shown; the count is of the faults not shown.",
        "Rätta de visade felen och kontrollera igen.",
        "Mend the faults shown and check again.");
}
