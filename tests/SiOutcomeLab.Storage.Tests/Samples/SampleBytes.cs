using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Storage.Tests.Samples;

/// <summary>Bytes to store, and the ways to store and read them.</summary>
internal static class SampleBytes
{
    public static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task AppendAllAsync(this SpoolFile file, byte[] bytes, int chunk, CancellationToken cancellationToken)
    {
        for (var at = 0; at < bytes.Length; at += chunk)
        {
            await file.AppendAsync(at, bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at)), cancellationToken);
        }
    }

    public static async Task<byte[]> ReadAllAsync(this Stream stream, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }
}
