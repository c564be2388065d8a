using System.Text.Json;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Writes what a file is as one JSON object, with every column of every row group.</summary>
internal static class SummaryJson
{
    public static void Write(Utf8JsonWriter json, string path, ParquetReader file)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteNumber("bytes", FileLength.Of(path));
        json.WriteString("created_by", file.CreatedBy);
        json.WriteNumber("rows", file.RowCount);
        json.WriteStartObject("metadata");
        foreach (var (key, value) in file.KeyValueMetadata) json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteStartArray("columns");
        foreach (var column in file.Schema.Columns) WriteColumn(json, column);
        json.WriteEndArray();
        json.WriteStartArray("row_groups");
        for (var index = 0; index < file.RowGroupCount; index++) WriteRowGroup(json, file, file.OpenRowGroup(index));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, ParquetColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("stored_as", TypeText.Stored(column));
        json.WriteString("means", TypeText.Meant(column));
        json.WriteBoolean("optional", column.IsOptional);
        json.WriteEndObject();
    }

    private static void WriteRowGroup(Utf8JsonWriter json, ParquetReader file, ParquetRowGroup group)
    {
        json.WriteStartObject();
        json.WriteNumber("rows", group.RowCount);
        json.WriteStartArray("chunks");
        foreach (var column in file.Schema.Columns)
        {
            var chunk = group.Chunk(column.Index);
            json.WriteStartObject();
            json.WriteString("column", column.Name);
            json.WriteString("codec", chunk.Codec.ToString());
            json.WriteStartArray("encodings");
            foreach (var encoding in chunk.Encodings) json.WriteStringValue(encoding);
            json.WriteEndArray();
            json.WriteBoolean("dictionary", chunk.HasDictionary);
            json.WriteNumber("values", chunk.ValueCount);
            json.WriteNumber("compressed_bytes", chunk.CompressedBytes);
            json.WriteNumber("uncompressed_bytes", chunk.UncompressedBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
