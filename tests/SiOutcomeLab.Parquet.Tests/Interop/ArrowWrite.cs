namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>A file for arrow-rs to write.</summary>
/// <param name="From">The Parquet file whose table is written.</param>
/// <param name="Path">Where to.</param>
/// <param name="Codec">One of its <c>Compression</c> names.</param>
/// <param name="Version">Page version, 1 or 2.</param>
/// <param name="Dictionary">Whether values may be dictionary codes.</param>
/// <param name="Encoding">One of its <c>Encoding</c> names by column, or null.</param>
/// <param name="PageBytes">Aimed size of a page.</param>
internal sealed record ArrowWrite(
    string From,
    string Path,
    string Codec,
    int Version,
    bool Dictionary,
    Dictionary<string, string>? Encoding = null,
    int PageBytes = 4000);
