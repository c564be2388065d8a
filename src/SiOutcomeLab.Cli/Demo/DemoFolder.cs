namespace SiOutcomeLab.Cli.Demo;

/// <summary>The hub's data folder for a demo: the one named, which stays, or a temporary one, which goes.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DemoFolder(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
    }

    public string Path { get; }

    public static DemoFolder Open(string? named) =>
        named is null
            ? new DemoFolder(Directory.CreateTempSubdirectory("silab-demo-").FullName, isTemporary: true)
            : new DemoFolder(named, isTemporary: false);

    public void Dispose()
    {
        if (!_isTemporary) return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file still open somewhere: the system's own cleaning takes the folder, and the demo's answer stands.
            Console.Error.WriteLine($"silab: {Path}: {e.Message}");
        }
    }
}
