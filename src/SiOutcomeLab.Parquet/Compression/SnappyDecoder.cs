using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// Decodes a raw Snappy block (google/snappy, format_description.txt). Elements are copied 16 bytes at a time where both buffers have
/// that much room left; the last bytes go one by one. Every length and distance is checked before a byte is moved.
/// </summary>
internal static class SnappyDecoder
{
    /// <summary>Room that the wide copies need beyond an element's own bytes.</summary>
    private const int Slack = 64;

    /// <summary>Decodes a block that stands for exactly <paramref name="destination"/>.</summary>
    /// <returns>Null, or what is wrong, as a clause ("ends inside an element").</returns>
    public static string? Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!TryReadLength(source, out var declared, out var start)) return "has no length";
        if (declared != (uint)destination.Length) return "declares another length than its header";
        ref var src = ref MemoryMarshal.GetReference(source);
        ref var dst = ref MemoryMarshal.GetReference(destination);
        nint from = start, end = source.Length, to = 0, room = destination.Length;
        while (from < end)
        {
            int tag = Unsafe.Add(ref src, from++);
            nint length;
            nint distance;
            switch (tag & 3)
            {
                case 0:
                    length = (tag >> 2) + 1;
                    if (length > 60)
                    {
                        var extra = (int)length - 60;
                        if (end - from < extra) return "ends inside a literal's length";
                        uint value = 0;
                        for (var i = 0; i < extra; i++) value |= (uint)Unsafe.Add(ref src, from + i) << (8 * i);
                        if (value >= int.MaxValue) return "ends inside a literal";
                        from += extra;
                        length = (nint)value + 1;
                    }

                    if (length > end - from) return "ends inside a literal";
                    if (length > room - to) return "holds more bytes than declared";
                    CopyLiteral(ref Unsafe.Add(ref src, from), ref Unsafe.Add(ref dst, to), length, Math.Min(end - from, room - to));
                    from += length;
                    to += length;
                    continue;
                case 1:
                    if (end - from < 1) return "ends inside a copy";
                    length = ((tag >> 2) & 7) + 4;
                    distance = ((tag >> 5) << 8) | Unsafe.Add(ref src, from);
                    from += 1;
                    break;
                case 2:
                    if (end - from < 2) return "ends inside a copy";
                    length = (tag >> 2) + 1;
                    distance = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref src, from));
                    from += 2;
                    break;
                default:
                    if (end - from < 4) return "ends inside a copy";
                    length = (tag >> 2) + 1;
                    distance = (nint)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref src, from));
                    from += 4;
                    break;
            }

            if (distance == 0 || (nuint)distance > (nuint)to) return "copies from before its start";
            if (length > room - to) return "holds more bytes than declared";
            CopyBack(ref Unsafe.Add(ref dst, to), distance, length, room - to);
            to += length;
        }

        return to == room ? null : "holds fewer bytes than declared";
    }

    private static bool TryReadLength(ReadOnlySpan<byte> source, out uint length, out int bytes)
    {
        length = 0;
        for (bytes = 0; bytes < Math.Min(5, source.Length);)
        {
            var next = source[bytes];
            if (bytes == 4 && next > 0x0F) return false;
            length |= (uint)(next & 0x7F) << (7 * bytes++);
            if (next < 0x80) return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLiteral(ref byte from, ref byte to, nint length, nint room)
    {
        if (length <= Slack && room >= Slack)
        {
            Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
            if (length <= 16) return;
            Vector128.LoadUnsafe(ref from, 16).StoreUnsafe(ref to, 16);
            if (length <= 32) return;
            Vector128.LoadUnsafe(ref from, 32).StoreUnsafe(ref to, 32);
            Vector128.LoadUnsafe(ref from, 48).StoreUnsafe(ref to, 48);
            return;
        }

        Unsafe.CopyBlockUnaligned(ref to, ref from, (uint)length);
    }

    /// <summary>
    /// Repeats what stands <paramref name="distance"/> before; the source may overlap the destination, which is how runs are spelled.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBack(ref byte to, nint distance, nint length, nint room)
    {
        ref var from = ref Unsafe.Subtract(ref to, distance);
        if (room >= Slack)
        {
            if (distance >= 16)
            {
                Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
                if (length <= 16) return;
                Vector128.LoadUnsafe(ref from, 16).StoreUnsafe(ref to, 16);
                if (length <= 32) return;
                Vector128.LoadUnsafe(ref from, 32).StoreUnsafe(ref to, 32);
                Vector128.LoadUnsafe(ref from, 48).StoreUnsafe(ref to, 48);
                return;
            }

            if (distance >= 8)
            {
                for (nint i = 0; i < length; i += 8)
                {
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i)));
                }

                return;
            }

            // A short pattern repeated: after eight bytes the same pattern also stands a multiple of its length, at least 8, before.
            for (nint i = 0; i < 8; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
            from = ref Unsafe.Subtract(ref to, (8 + distance - 1) / distance * distance);
            for (nint i = 8; i < length; i += 8)
            {
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i)));
            }

            return;
        }

        for (nint i = 0; i < length; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
    }
}
