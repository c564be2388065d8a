using System.Text.Json;

namespace SiOutcomeLab.Benchmarks;

/// <summary>Dated results beside the code: Markdown for people, JSON for programs.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<string> WriteAsync(
        string folder, string verb, string markdown, object json, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{time.GetUtcNow():yyyy-MM-dd}-{verb}");
        await File.WriteAllTextAsync(path + ".md", markdown, cancellationToken);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(json, Indented) + "\n", cancellationToken);
        return path;
    }

    /// <summary>The project's own results folder when run from the repository, or one in the current folder.</summary>
    public static string Folder()
    {
        var inRepository = Path.Combine("tools", "SiOutcomeLab.Benchmarks");
        return Directory.Exists(inRepository) ? Path.Combine(inRepository, "results") : "results";
    }
}
