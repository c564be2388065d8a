using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>Metadata that no value depends on, with marks in it that can be searched for.</summary>
internal static class Extras
{
    public const string SmallestMark = "smallest-mark";
    public const string LargestMark = "largest-mark";
    public const string KeyMark = "chunk-key-mark";
    public const string ValueMark = "chunk-value-mark";
    public const string IndexMark = "index-mark";

    /// <summary>A <c>Statistics</c> struct that lies.</summary>
    public static void Statistics(ThriftWriter writer, int field)
    {
        writer.BeginStruct(field);
        writer.Text(1, LargestMark);
        writer.I64(3, 77);
        writer.Text(5, LargestMark);
        writer.Text(6, SmallestMark);
        writer.EndStruct();
    }

    public static void KeyValues(ThriftWriter writer, int field)
    {
        writer.BeginList(field, ThriftType.Struct, 1);
        writer.BeginElement();
        writer.Text(1, KeyMark);
        writer.Text(2, ValueMark);
        writer.EndStruct();
    }

    /// <summary>A <c>ColumnIndex</c> of one page.</summary>
    public static byte[] ColumnIndex()
    {
        var writer = new ThriftWriter();
        writer.BeginList(1, ThriftType.True, 0);
        writer.BeginList(2, ThriftType.Binary, 1);
        writer.TextElement(IndexMark);
        writer.BeginList(3, ThriftType.Binary, 1);
        writer.TextElement(IndexMark);
        writer.I32(4, 0);
        writer.End();
        return writer.Written.ToArray();
    }
}
