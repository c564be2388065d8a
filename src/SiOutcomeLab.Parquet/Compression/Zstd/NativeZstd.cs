using System.Reflection;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>The system's libzstd, where there is one: about twice as fast to decode, and the only one here that compresses.</summary>
internal static unsafe class NativeZstd
{
    private const int Level = 3;

    private static readonly nint Library = Load();
    private static readonly delegate* unmanaged<byte*, nuint, byte*, nuint, nuint> DecompressCall =
        (delegate* unmanaged<byte*, nuint, byte*, nuint, nuint>)Find("ZSTD_decompress");

    private static readonly delegate* unmanaged<byte*, nuint, byte*, nuint, int, nuint> CompressCall =
        (delegate* unmanaged<byte*, nuint, byte*, nuint, int, nuint>)Find("ZSTD_compress");

    private static readonly delegate* unmanaged<nuint, nuint> BoundCall = (delegate* unmanaged<nuint, nuint>)Find("ZSTD_compressBound");
    private static readonly delegate* unmanaged<nuint, uint> IsErrorCall = (delegate* unmanaged<nuint, uint>)Find("ZSTD_isError");

    public static bool IsAvailable { get; } = DecompressCall != null && CompressCall != null && BoundCall != null && IsErrorCall != null;

    /// <summary>Decodes frames that <see cref="ZstdFrame.Verify"/> has walked.</summary>
    /// <returns>Whether the source was valid and filled the destination exactly.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* from = source, to = destination)
        {
            var written = DecompressCall(to, (nuint)destination.Length, from, (nuint)source.Length);
            return IsErrorCall(written) == 0 && written == (nuint)destination.Length;
        }
    }

    /// <summary>Compresses into the front of <paramref name="destination"/>, which is made larger when needed.</summary>
    /// <returns>Bytes written.</returns>
    public static int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        var bound = checked((int)BoundCall((nuint)source.Length));
        if (destination.Length < bound) destination = new byte[bound];
        fixed (byte* from = source, to = destination)
        {
            var written = CompressCall(to, (nuint)destination.Length, from, (nuint)source.Length, Level);
            return IsErrorCall(written) == 0 ? (int)written : throw new InvalidOperationException("libzstd failed to compress a page.");
        }
    }

    private static nint Load()
    {
        var here = Assembly.GetExecutingAssembly();
        foreach (var name in new[] { "libzstd.so.1", "libzstd", "libzstd.1.dylib", "zstd" })
        {
            if (NativeLibrary.TryLoad(name, here, DllImportSearchPath.SafeDirectories, out var library)) return library;
        }

        return 0;
    }

    private static nint Find(string name) => Library != 0 && NativeLibrary.TryGetExport(Library, name, out var address) ? address : 0;
}
