using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Uploads as they lie in the spool when they have arrived.</summary>
internal static class Spooled
{
    public static async Task<SpoolFile> BytesAsync(UploadSpool spool, byte[] bytes)
    {
        var file = spool.Create(10_000_000);
        await file.WriteAsync(bytes, TestLab.Token);
        return file;
    }

    public static async Task<SpoolFile> FileAsync(UploadSpool spool, string path) => await BytesAsync(spool, await File.ReadAllBytesAsync(path, TestLab.Token));
}
