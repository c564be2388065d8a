using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Puts the bytes of values together that BYTE_STREAM_SPLIT keeps apart: byte k of value i stands at k × count + i.
/// Sixteen values at once: pairs of streams are interleaved by bytes, those by pairs of bytes, those by fours.
/// </summary>
internal static class StreamInterleaver
{
    private static bool IsWide => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Puts consecutive values together.</summary>
    /// <param name="streams">All streams, each of <paramref name="count"/> bytes.</param>
    /// <param name="count">Values of the page.</param>
    /// <param name="first">Index of the first value wanted.</param>
    /// <param name="width">Bytes a value.</param>
    /// <param name="target">Receives whole values; all of them must lie within the streams.</param>
    public static void Interleave(ReadOnlySpan<byte> streams, int count, int first, int width, Span<byte> target)
    {
        var values = target.Length / width;
        if (streams.Length != (long)count * width || first < 0 || values > count - first)
        {
            throw new ArgumentException("The values reach beyond the streams.");
        }

        var done = 0;
        if (IsWide && width is 4 or 8)
        {
            done = values & ~15;
            if (width == 4) Four(streams, count, first, done, target);
            else Eight(streams, count, first, done, target);
        }

        for (var k = 0; k < width; k++)
        {
            var stream = streams.Slice(((int)((long)k * count)) + first, values);
            for (int i = done, to = (done * width) + k; i < stream.Length; i++, to += width) target[to] = stream[i];
        }
    }

    private static void Four(ReadOnlySpan<byte> streams, int count, int first, int values, Span<byte> target)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(streams), first);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (nint i = 0; i < values; i += 16)
        {
            var (low, high) = Pair(ref Unsafe.Add(ref from, i), count);
            var (low2, high2) = Pair(ref Unsafe.Add(ref from, i + (2 * (nint)count)), count);
            ref var row = ref Unsafe.Add(ref to, i * 4);
            Low(low, low2).AsByte().StoreUnsafe(ref row);
            High(low, low2).AsByte().StoreUnsafe(ref row, 16);
            Low(high, high2).AsByte().StoreUnsafe(ref row, 32);
            High(high, high2).AsByte().StoreUnsafe(ref row, 48);
        }
    }

    private static void Eight(ReadOnlySpan<byte> streams, int count, int first, int values, Span<byte> target)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(streams), first);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (nint i = 0; i < values; i += 16)
        {
            var (a, b) = Pair(ref Unsafe.Add(ref from, i), count);
            var (c, d) = Pair(ref Unsafe.Add(ref from, i + (2 * (nint)count)), count);
            var (e, f) = Pair(ref Unsafe.Add(ref from, i + (4 * (nint)count)), count);
            var (g, h) = Pair(ref Unsafe.Add(ref from, i + (6 * (nint)count)), count);
            ref var row = ref Unsafe.Add(ref to, i * 8);
            Store(Low(a, c).AsUInt32(), Low(e, g).AsUInt32(), ref row);
            Store(High(a, c).AsUInt32(), High(e, g).AsUInt32(), ref Unsafe.Add(ref row, 32));
            Store(Low(b, d).AsUInt32(), Low(f, h).AsUInt32(), ref Unsafe.Add(ref row, 64));
            Store(High(b, d).AsUInt32(), High(f, h).AsUInt32(), ref Unsafe.Add(ref row, 96));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ushort> Low, Vector128<ushort> High) Pair(ref byte from, int count)
    {
        var left = Vector128.LoadUnsafe(ref from);
        var right = Vector128.LoadUnsafe(ref from, (nuint)count);
        return Sse2.IsSupported
            ? (Sse2.UnpackLow(left, right).AsUInt16(), Sse2.UnpackHigh(left, right).AsUInt16())
            : (AdvSimd.Arm64.ZipLow(left, right).AsUInt16(), AdvSimd.Arm64.ZipHigh(left, right).AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Low(Vector128<ushort> left, Vector128<ushort> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> High(Vector128<ushort> left, Vector128<ushort> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<uint> left, Vector128<uint> right, ref byte to)
    {
        var low = Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);
        var high = Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
        low.AsByte().StoreUnsafe(ref to);
        high.AsByte().StoreUnsafe(ref to, 16);
    }
}
