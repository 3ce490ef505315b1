import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../services.tsx';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';

/** Shows the image that the reader asked for elsewhere on the page, once it is among the images. */
export const useAskedImage = (
  images: readonly ViewerImage[],
  show: (image: ViewerImage) => void,
): void => {
  const { showRequest } = useServices();
  const asked = useStore(showRequest, (s) => s.asked);
  const image = images.find((each) => sopOf(each) === asked?.sopInstanceUid);
  const take = useEffectEvent((wanted: ViewerImage) => {
    show(wanted);
    showRequest.getState().done();
  });
  useEffect(() => {
    if (asked && image) take(image);
  }, [asked, image]);
};
