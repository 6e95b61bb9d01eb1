package io.nanogame.benchmarks.soak;

import java.io.StringReader;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class LineChartTests {

	private static Element parse(String svg) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(svg)))
			.getDocumentElement();
	}

	@Test
	void linesSpanTheAxes() throws Exception {
		Element svg = parse(new LineChart("Rates", "a second")
			.line("answers", new double[] { 0, 1, 2 }, new double[] { 0, 50, 100 })
			.svg());
		assertThat(((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points").trim())
			.isEqualTo("70.0,220.0 405.0,130.0 740.0,40.0");
		assertThat(svg.getTextContent()).contains("Rates", "a second", "answers", "minutes", "100");
	}

	@Test
	void zerosAreAFlatLine() throws Exception {
		Element svg = parse(
				new LineChart("Nothing", "").line("none", new double[] { 0, 1 }, new double[] { 0, 0 }).svg());
		assertThat(((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points").trim())
			.isEqualTo("70.0,220.0 740.0,220.0");
	}

}
