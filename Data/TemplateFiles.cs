using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>
/// Loads UI templates from files at start-up (CONTRACT section 7, UI_TEMPLATE_PATHS). A template whose name exists is left
/// alone; a file that cannot be used is one warning and nothing else. Loading twice changes nothing.
/// </summary>
public sealed class TemplateFiles(TemplateRepository templates, ILogger<TemplateFiles> logger)
{
    /// <summary>Loads files, and all *.json files of folders, in the order given and by name.</summary>
    /// <returns>How many templates were added.</returns>
    public async Task<int> LoadAsync(IEnumerable<string> paths)
    {
        var added = 0;
        foreach (var file in paths.SelectMany(FilesOf))
        {
            try
            {
                added += await LoadFileAsync(file) ? 1 : 0;
            }
            catch (Exception e) when (e is FormatException or JsonException or IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("UI template file {File} is left out: {Reason}", file, e.Message);
            }
        }

        return added;
    }

    private IReadOnlyList<string> FilesOf(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)];
            if (File.Exists(path))
                return [path];
            logger.LogWarning("UI_TEMPLATE_PATHS: {Path} is neither a file nor a folder", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("UI_TEMPLATE_PATHS: {Path} is left out: {Reason}", path, e.Message);
        }

        return [];
    }

    private async Task<bool> LoadFileAsync(string file)
    {
        var (content, tabContents) = TemplateFileParser.Parse(await File.ReadAllBytesAsync(file));
        if (!await templates.AddIfNewAsync(content, tabContents))
            return false;
        logger.LogInformation("Added the UI template {Template} from {File}", content.Name, file);
        return true;
    }
}
