using System.Runtime.InteropServices;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>Persons as R drew them: ten covariates, treatment, outcome.</summary>
internal sealed record EngineData(DesignMatrix X, bool[] Treated, double[] Outcome, long[] Keys)
{
    private const int Covariates = 10;

    public int Rows => Treated.Length;

    public static EngineData Persons(string folder, int rows)
    {
        var values = Doubles(Path.Combine(folder, $"persons-{rows}.bin"));
        var columns = new (string, double[])[Covariates];
        for (var j = 0; j < Covariates; j++) columns[j] = ($"x{j + 1}", values.AsSpan(j * rows, rows).ToArray());
        var (treated, keys) = (new bool[rows], new long[rows]);
        for (var i = 0; i < rows; i++) (treated[i], keys[i]) = (values[(Covariates * rows) + i] == 1, i);
        return new EngineData(DesignMatrix.FromColumns(columns), treated, values[((Covariates + 1) * rows)..], keys);
    }

    public static double[] Doubles(string path) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();
}
