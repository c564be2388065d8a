using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Writes what a file is, without its values: writer, columns, and how each column and row group is stored.</summary>
internal static class FileSummary
{
    public static void Write(Terminal terminal, string path, ParquetReader file)
    {
        Func<string, string, string> t = terminal.Pick;
        terminal.Line($"{t("Fil", "File")}: {Printable.Of(path)} ({Number(terminal, FileLength.Of(path))} {t("byte", "bytes")})");
        var createdBy = file.CreatedBy is { } writer ? Printable.Of(writer) : t("sägs inte", "not told");
        terminal.Line($"{t("Skriven av", "Written by")}: {createdBy}");
        terminal.Line($"{t("Rader", "Rows")}: {Number(terminal, file.RowCount)}   {t("Radgrupper", "Row groups")}: {Number(terminal, file.RowGroupCount)}   "
            + $"{t("Kolumner", "Columns")}: {Number(terminal, file.Schema.Columns.Count)}");
        foreach (var (key, value) in file.KeyValueMetadata)
        {
            terminal.Line($"{t("Metadata", "Metadata")}: {Printable.Of(key)} ({Number(terminal, value.Length)} {t("tecken", "characters")})");
        }

        terminal.Line();
        WriteColumns(terminal, file);
        if (file.RowGroupCount == 0) return;
        terminal.Line();
        WriteRowGroups(terminal, file);
    }

    private static void WriteColumns(Terminal terminal, ParquetReader file)
    {
        Func<string, string, string> t = terminal.Pick;
        var table = new TextTable(
            new TextColumn(t("Kolumn", "Column")),
            new TextColumn(t("Lagras som", "Stored as")),
            new TextColumn(t("Betyder", "Means")),
            new TextColumn(t("Tom", "Null")),
            new TextColumn(t("Kodning", "Encodings")),
            new TextColumn("Codec"),
            new TextColumn(t("Byte", "Bytes"), IsRight: true),
            new TextColumn(t("Utan codec", "Before codec"), IsRight: true));
        foreach (var column in file.Schema.Columns)
        {
            var groups = Enumerable.Range(0, file.RowGroupCount);
            ParquetChunkInfo[] chunks = [.. groups.Select(group => file.OpenRowGroup(group).Chunk(column.Index))];
            table.Add(
                Printable.Of(column.Name),
                TypeText.Stored(column),
                TypeText.Meant(column),
                column.IsOptional ? t("får", "may be") : t("aldrig", "never"),
                string.Join(' ', chunks.SelectMany(chunk => chunk.Encodings).Distinct()),
                string.Join(' ', chunks.Select(chunk => chunk.Codec).Distinct()),
                Number(terminal, chunks.Sum(chunk => chunk.CompressedBytes)),
                Number(terminal, chunks.Sum(chunk => chunk.UncompressedBytes)));
        }

        table.Write(terminal.Out);
    }

    private static void WriteRowGroups(Terminal terminal, ParquetReader file)
    {
        Func<string, string, string> t = terminal.Pick;
        var table = new TextTable(
            new TextColumn(t("Radgrupp", "Row group"), IsRight: true),
            new TextColumn(t("Rader", "Rows"), IsRight: true),
            new TextColumn(t("Byte", "Bytes"), IsRight: true),
            new TextColumn(t("Utan codec", "Before codec"), IsRight: true));
        for (var index = 0; index < file.RowGroupCount; index++)
        {
            var group = file.OpenRowGroup(index);
            ParquetChunkInfo[] chunks = [.. file.Schema.Columns.Select(column => group.Chunk(column.Index))];
            table.Add(
                Number(terminal, index),
                Number(terminal, group.RowCount),
                Number(terminal, chunks.Sum(chunk => chunk.CompressedBytes)),
                Number(terminal, chunks.Sum(chunk => chunk.UncompressedBytes)));
        }

        table.Write(terminal.Out);
    }

    private static string Number(Terminal terminal, long number) => terminal.Pick(PlainNumber.Fixed(number, 0));
}
