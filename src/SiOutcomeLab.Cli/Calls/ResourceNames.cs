namespace SiOutcomeLab.Cli.Calls;

/// <summary>Resource names as people type them.</summary>
internal static class ResourceNames
{
    /// <summary>The full name, whether or not the collection was typed.</summary>
    public static string In(string collection, string typed) =>
        typed.StartsWith(collection + "/", StringComparison.Ordinal) ? typed : $"{collection}/{typed}";
}
