using SiOutcomeLab.Cli.Analysing.Reports;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>The columns of an analysis, as far as their rows are whole.</summary>
internal sealed class ColumnTable
{
    private readonly Dictionary<string, double[]> _numbers;
    private readonly Dictionary<string, CategoryColumn> _categories;

    public ColumnTable(
        string path,
        int rowsInFile,
        int[] rowNumbers,
        Dictionary<string, double[]> numbers,
        Dictionary<string, CategoryColumn> categories,
        DroppedRows dropped)
    {
        (Path, RowsInFile, RowNumbers, Dropped) = (path, rowsInFile, rowNumbers, dropped);
        (_numbers, _categories) = (numbers, categories);
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    public int RowsInFile { get; }

    /// <summary>Number in the file, from 1, of each row here.</summary>
    public int[] RowNumbers { get; }

    public int Rows => RowNumbers.Length;

    /// <summary>Rows left out, and why; later steps add theirs.</summary>
    public DroppedRows Dropped { get; }

    public double[] Numbers(string column) => _numbers[column];

    public CategoryColumn Category(string column) => _categories[column];
}
