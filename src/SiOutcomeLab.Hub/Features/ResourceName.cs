namespace SiOutcomeLab.Hub.Features;

/// <summary>Resource names, <c>collection/id</c>.</summary>
internal static class ResourceName
{
    /// <summary>The identifier of a name in a collection; null when it is not such a name.</summary>
    public static string? Id(string collection, string name) =>
        name.Length is > 0 and <= 200 && name.StartsWith(collection + "/", StringComparison.Ordinal) && name.Length > collection.Length + 1
            ? name[(collection.Length + 1)..]
            : null;
}
