using System.Diagnostics;
using System.Security.Cryptography;
using SiOutcomeLab.Mapping;

namespace SiOutcomeLab.Benchmarks.Upload;

/// <summary>What each thing that an upload does to a byte costs by itself, in milliseconds per 100 MB on one core.</summary>
/// <param name="Crc">CRC-32C, once; sender and hub each take it.</param>
/// <param name="Cipher">AES-256-GCM in frames of 64 KiB.</param>
/// <param name="Hash">SHA-256.</param>
/// <param name="Flush">Writing and fsync every 8 MiB; time the disk takes, little of it on the core.</param>
internal sealed record UploadCosts(double Crc, double Cipher, double Hash, double Flush)
{
    private const int Frame = 64 * 1024;
    private const int Megabytes = 100;

    public static UploadCosts Measure(string folder)
    {
        var data = new byte[8 << 20];
        new Random(1).NextBytes(data);
        using var aes = new AesGcm(data.AsSpan(0, 32), 16);
        var (sealedFrame, nonce, tag) = (new byte[Frame], new byte[12], new byte[16]);
        return new UploadCosts(
            Best(() => Crc32C.Of(data)),
            Best(() =>
            {
                for (var at = 0; at < data.Length; at += Frame) aes.Encrypt(nonce, data.AsSpan(at, Frame), sealedFrame, tag);
                return (uint)tag[0];
            }),
            Best(() => SHA256.HashData(data)[0]),
            Best(() => Write(Path.Combine(folder, "flush"), data)));
    }

    private static double Best(Func<uint> work)
    {
        work();
        var best = double.MaxValue;
        for (var i = 0; i < 9; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best * Megabytes * 1e6 / (8 << 20);
    }

    private static uint Write(string path, byte[] data)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(data);
        file.Flush(flushToDisk: true);
        return (uint)file.Length;
    }
}
