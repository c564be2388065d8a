namespace SiOutcomeLab.Contract.Tests.Building;

/// <summary>Tests that measure the process's memory, which is all tests' together: they run when no other does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
