using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// Shortens input to sixteen bytes with the same CRC-32 by carry-less multiplication
/// (Gopal et al., Intel white paper 323102, 2009: "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ", bit-reflected form).
/// </summary>
internal static class Crc32Folding
{
    public const int MinBytes = 128;
    public const int RemainderBytes = 16;

    /// <summary>x⁵⁴⁴ and x⁴⁸⁰ modulo the polynomial, reflected: move a register 512 bits on.</summary>
    private static readonly Vector128<ulong> By512 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);

    /// <summary>x¹⁶⁰ and x⁹⁶ modulo the polynomial, reflected: move a register 128 bits on.</summary>
    private static readonly Vector128<ulong> By128 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);

    public static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Folds whole blocks of 64 bytes.</summary>
    /// <param name="crc">The register before, not complemented.</param>
    /// <param name="bytes">At least <see cref="MinBytes"/>.</param>
    /// <param name="remainder">Receives sixteen bytes to be taken with a register of 0.</param>
    /// <returns>Bytes that the remainder stands for.</returns>
    public static int Fold(uint crc, ReadOnlySpan<byte> bytes, Span<byte> remainder)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        var first = Vector128.LoadUnsafe(ref source).AsUInt64() ^ Vector128.CreateScalar((ulong)crc);
        var second = Vector128.LoadUnsafe(ref source, 16).AsUInt64();
        var third = Vector128.LoadUnsafe(ref source, 32).AsUInt64();
        var fourth = Vector128.LoadUnsafe(ref source, 48).AsUInt64();
        var at = 64;
        for (; at <= bytes.Length - 64; at += 64)
        {
            first = Move(first, By512) ^ Vector128.LoadUnsafe(ref source, (nuint)at).AsUInt64();
            second = Move(second, By512) ^ Vector128.LoadUnsafe(ref source, (nuint)at + 16).AsUInt64();
            third = Move(third, By512) ^ Vector128.LoadUnsafe(ref source, (nuint)at + 32).AsUInt64();
            fourth = Move(fourth, By512) ^ Vector128.LoadUnsafe(ref source, (nuint)at + 48).AsUInt64();
        }

        var folded = Move(Move(Move(first, By128) ^ second, By128) ^ third, By128) ^ fourth;
        folded.AsByte().CopyTo(remainder);
        return at;
    }

    private static Vector128<ulong> Move(Vector128<ulong> register, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(register, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(register, by, 0x11);
}
