namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Finds the shipped data sets from wherever the tests were built to.</summary>
internal static class RepositoryFolder
{
    public static string Datasets { get; } = Path.Combine(Find(), "datasets");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has the repository's global.json.");
    }
}
