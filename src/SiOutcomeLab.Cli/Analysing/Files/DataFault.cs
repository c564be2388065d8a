using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>What can be wrong with an analysis's file: told by file, column and row number, never by value.</summary>
internal static class DataFault
{
    private const int MostHeadings = 30;

    public static CommandException NoFile(string path) => Of(
        new($"Filen {path} finns inte.", $"There is no file {path}."),
        new("Ge en CSV- eller Parquetfil med --data.", "Give a CSV or Parquet file with --data."));

    public static CommandException NoRows(string path) => Of(
        new($"{path} har inga rader med data.", $"{path} has no rows of data."),
        new("Ge en fil med en rad per person eller enhet.", "Give a file with one row per person or unit."));

    public static CommandException NoColumn(string path, ColumnWish wish, IReadOnlyList<string> headings)
    {
        var near = NearName.Of(wish.Name, headings);
        var names = string.Join(", ", headings.Take(MostHeadings)) + (headings.Count > MostHeadings ? " …" : string.Empty);
        return near.Count > 0
            ? Of(
                Missing(),
                new($"Menade du {string.Join(", ", near)}?", $"Did you mean {string.Join(", ", near)}?"),
                names)
            : Of(Missing(), new($"Filen har kolumnerna: {names}.", $"The file has the columns: {names}."));

        BilingualText Missing() => new(
            $"{path} har ingen kolumn {wish.Name} ({wish.Flag}).", $"{path} has no column {wish.Name} ({wish.Flag}).");
    }

    public static CommandException DoubledColumn(string path, ColumnWish wish) => Of(
        new(
            $"{path} har flera kolumner som heter {wish.Name} ({wish.Flag}).",
            $"{path} has several columns named {wish.Name} ({wish.Flag})."),
        new("Ge kolumnerna olika namn.", "Give the columns different names."));

    public static CommandException NoNumber(string path, ColumnWish wish, long row) => Of(
        new($"{path}, kolumn {wish.Name}, rad {row}: inte ett tal.", $"{path}, column {wish.Name}, row {row}: not a number."),
        wish.Flag == "--covariates"
            ? new(
                $"Är kolumnen text eller grupper, ge den med --categorical {wish.Name}; annars rätta raden.",
                $"If the column holds text or groups, give it with --categorical {wish.Name}; otherwise mend the row.")
            : new(
                $"{wish.Flag} behöver tal med decimalpunkt (decimalkomma i filer med semikolon); rätta raden.",
                $"{wish.Flag} needs numbers with a decimal point (a decimal comma in files with semicolons); mend the row."));

    public static CommandException Ragged(string path, long row) => Of(
        new($"{path}, rad {row}: inte lika många fält som rubriker.", $"{path}, row {row}: not as many fields as headings."),
        new(
            "Rätta raden; ett fält med skiljetecken i sig ska stå inom citattecken.",
            "Mend the row; a field with the separator in it is to be quoted."));

    public static CommandException At(string path, string column, int row, string sv, string en, BilingualText remedy) => Of(
        new($"{path}, kolumn {column}, rad {row}: {sv}", $"{path}, column {column}, row {row}: {en}"), remedy);

    public static CommandException Of(BilingualText what, BilingualText remedy, params IReadOnlyList<string> details) =>
        new(ExitCode.InputUnreadable, what, remedy, details);
}
