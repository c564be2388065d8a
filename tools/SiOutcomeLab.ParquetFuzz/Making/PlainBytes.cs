using System.Buffers.Binary;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>PLAIN, value by value. Text and raw bytes are byte arrays here.</summary>
internal static class PlainBytes
{
    public static byte[] Encode(IReadOnlyList<object> values, ParquetPhysicalType type)
    {
        if (type == ParquetPhysicalType.Boolean)
        {
            var bits = new BitWriter();
            foreach (var value in values) bits.Write((bool)value ? 1UL : 0, 1);
            return bits.ToArray();
        }

        return [.. values.SelectMany(value => One(value, type))];
    }

    public static byte[] One(object value, ParquetPhysicalType type)
    {
        var bytes = value switch
        {
            int number => Four((uint)number),
            float number => Four(BitConverter.SingleToUInt32Bits(number)),
            long number => Eight((ulong)number),
            double number => Eight(BitConverter.DoubleToUInt64Bits(number)),
            _ => (byte[])value,
        };
        return type == ParquetPhysicalType.ByteArray ? [.. Four((uint)bytes.Length), .. bytes] : bytes;
    }

    private static byte[] Four(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Eight(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
