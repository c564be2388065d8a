using System.Buffers.Binary;
using System.Numerics;

namespace SiOutcomeLab.Mapping;

/// <summary>
/// CRC-32C (Castagnoli; polynomial 0x1EDC6F41 reflected, initial value and final xor 0xFFFFFFFF) of a chunk on the wire: finds every
/// burst of up to 32 bits, in a chunk that a proxy, a disk buffer or memory has changed on its way. No defence against intent.
/// Source: RFC 3720 §12.1, whose examples in appendix B.4 the tests hold it to.
/// </summary>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="data"/>; 0 for none.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        // One instruction for eight bytes where the processor has it, a table where it has not.
        var crc = uint.MaxValue;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
