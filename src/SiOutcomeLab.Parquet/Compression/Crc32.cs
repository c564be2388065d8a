using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// The CRC-32 of page headers: polynomial 0x04C11DB7 reflected, as in gzip (parquet-format README, "Checksumming").
/// Eight bytes a step through eight tables; long input 64 bytes a step through <see cref="Crc32Folding"/> where the processor can.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (Crc32Folding.IsSupported && bytes.Length >= Crc32Folding.MinBytes)
        {
            // Folding leaves sixteen bytes that stand for all before, with the register already in them.
            Span<byte> remainder = stackalloc byte[Crc32Folding.RemainderBytes];
            var folded = Crc32Folding.Fold(crc, bytes, remainder);
            crc = UpdateByTables(0, remainder);
            bytes = bytes[folded..];
        }

        return UpdateByTables(crc, bytes);
    }

    private static uint UpdateByTables(uint crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan(0, 8 * 256);
        foreach (var raw in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            var word = (BitConverter.IsLittleEndian ? raw : BinaryPrimitives.ReverseEndianness(raw)) ^ crc;
            crc = tables[(7 * 256) + (byte)word]
                ^ tables[(6 * 256) + (byte)(word >> 8)]
                ^ tables[(5 * 256) + (byte)(word >> 16)]
                ^ tables[(4 * 256) + (byte)(word >> 24)]
                ^ tables[(3 * 256) + (byte)(word >> 32)]
                ^ tables[(2 * 256) + (byte)(word >> 40)]
                ^ tables[256 + (byte)(word >> 48)]
                ^ tables[(byte)(word >> 56)];
        }

        foreach (var one in bytes[(bytes.Length & ~7)..]) crc = tables[(byte)(crc ^ one)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++) tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
