namespace Qhana.Registry.Endpoints.Pages;

/// <summary>Names the texts of the pages (PageText.resx in English, PageText.de.resx in German).</summary>
public sealed class PageText;
