using SiOutcomeLab.Benchmarks;

namespace SiOutcomeLab.Programme;

/// <summary>Where this project keeps its dated results.</summary>
internal static class KeptResults
{
    /// <summary>The project's own results folder when run from the repository, or one in the current folder.</summary>
    public static string Folder()
    {
        var inRepository = Path.Combine("tools", "SiOutcomeLab.Programme");
        return Directory.Exists(inRepository) ? Path.Combine(inRepository, "results") : "results";
    }

    /// <summary>What was measured, by whom: machine and code.</summary>
    public static string On(Machine machine) =>
        $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime}; told by code "
        + $"{Lab.CountryLab.CodeVersion}; load average at the end {machine.Load}";
}
