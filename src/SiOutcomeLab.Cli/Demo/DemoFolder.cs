namespace SiOutcomeLab.Cli.Demo;

/// <summary>The hub's data folder for a demo: the one named, which stays, or a temporary one, which goes.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly string? _temporary;

    private DemoFolder(string path, string? temporary)
    {
        Path = path;
        _temporary = temporary;
    }

    public string Path { get; }

    public static DemoFolder Open(string? named)
    {
        if (named is not null) return new DemoFolder(named, null);

        // One deeper, so that the key file beside the data goes with them.
        var temporary = Directory.CreateTempSubdirectory("silab-demo-").FullName;
        return new DemoFolder(Directory.CreateDirectory(System.IO.Path.Combine(temporary, "data")).FullName, temporary);
    }

    public void Dispose()
    {
        if (_temporary is null) return;
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file still open somewhere: the system's own cleaning takes the folder, and the demo's answer stands.
            Console.Error.WriteLine($"silab: {Path}: {e.Message}");
        }
    }
}
