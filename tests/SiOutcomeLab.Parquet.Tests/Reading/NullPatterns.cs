namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>Where nulls are: nowhere, everywhere, singly, in runs around the length of a group, at the ends.</summary>
internal static class NullPatterns
{
    public static IEnumerable<Func<int, bool>> All =>
    [
        _ => false,
        _ => true,
        row => row % 2 == 0,
        row => row % 7 == 3,
        row => row % 9 != 4,
        row => row / 8 % 2 == 0,
        row => row / 61 % 3 == 1,
        row => row == 0,
        row => row != 342,
    ];
}
