namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>A folder for files that other programs read, removed with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-parquet-");

    public string this[string name] => Path.Combine(_folder.FullName, name).Replace('\\', '/');

    public void Dispose() => _folder.Delete(recursive: true);
}
