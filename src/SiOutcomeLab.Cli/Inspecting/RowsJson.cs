using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Writes rows as JSON, one object a line.</summary>
internal static class RowsJson
{
    /// <summary>Letters as they are; control characters, and what terminals might obey, escaped.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(TextWriter output, ParquetReader file, long most, CancellationToken cancellationToken)
    {
        var columns = file.Schema.Columns;
        JsonEncodedText[] names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, Options.Encoder))];
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer, Options);
        FileRows.Read(file, most, (cells, rows) =>
        {
            for (var row = 0; row < rows; row++)
            {
                buffer.SetLength(0);
                writer.Reset();
                writer.WriteStartObject();
                for (var i = 0; i < names.Length; i++) WriteCell(writer, names[i], cells[i][row]);
                writer.WriteEndObject();
                writer.Flush();
                output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
                output.Write('\n');
            }
        }, cancellationToken);
    }

    private static void WriteCell(Utf8JsonWriter writer, JsonEncodedText name, InspectedCell cell)
    {
        writer.WritePropertyName(name);
        if (cell.Text is null) writer.WriteNullValue();
        else if (cell.IsBare) writer.WriteRawValue(cell.Text, skipInputValidation: true);
        else writer.WriteStringValue(cell.Text);
    }
}
